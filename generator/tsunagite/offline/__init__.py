"""What a device keeps for places without a network: packs of files, the service worker, records as data."""
