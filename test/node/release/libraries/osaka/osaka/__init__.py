"""Stand-in for hysds/osaka: moves files between file, HTTP and S3 locations."""
