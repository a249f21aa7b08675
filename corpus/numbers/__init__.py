"""What was done in a project, in numbers: how much text, how much work on the drafts, how much time."""
