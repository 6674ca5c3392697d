"""Every paper that the office emits: its number, frozen bytes, signers, signatures, archive and verification."""
