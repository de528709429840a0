"""HySDS has its orchestrator here."""
