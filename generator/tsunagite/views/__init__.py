"""Frozen views: what a template needs, with every text already decided. No models reach a template."""
