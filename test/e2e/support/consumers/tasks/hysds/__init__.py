"""Test tasks under the names that HySDS's configuration imports."""
