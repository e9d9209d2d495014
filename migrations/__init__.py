"""The register's editions on both databases: `runner` climbs them, `guards` are its triggers."""
