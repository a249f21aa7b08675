"""How likely a draft is to need much work, told from the draft and its source alone: features, flags, a small model."""
