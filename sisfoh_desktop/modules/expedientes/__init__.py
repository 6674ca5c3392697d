"""The file of documents that leads to an act: who told what to whom, when, and who has it now."""
