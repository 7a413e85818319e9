"""The phone in her hand, measured in Chromium at a quarter of this machine's speed."""
