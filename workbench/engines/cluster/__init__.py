"""Drafting past one machine: the batches of a project spread over the workers of a Dask cluster of one's own."""
