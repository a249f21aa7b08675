"""The Argos engine: packages managed by argostranslate, drafts decoded by CTranslate2 in batches."""
