module hysds.local/engine/pause

go 1.24.0
