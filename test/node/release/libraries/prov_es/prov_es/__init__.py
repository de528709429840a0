"""Stand-in for hysds/prov_es: there to be installed. Nothing of this release writes PROV-ES documents."""
