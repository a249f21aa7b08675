"""The memory: confirmed pairs of all projects and of imported files, found again by how alike their sources are."""
