"""The full-screen views: the editor, and the dialogs over it."""
