"""Stand-in for hysds/hysds_commons: search clients, and job requests made of specifications."""
