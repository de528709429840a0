# All images of HySDS, each on the same base, with HySDS's own code from a directory or from Git:
#     docker buildx bake --file images/docker-bake.hcl --push
#     SOURCE=https://git.example.org/hysds docker buildx bake --file images/docker-bake.hcl --push
# https://docs.docker.com/build/bake/reference/

variable "REGISTRY" {
  default     = "docker.io/hysds"
  description = "Registry and path before the images' names: hysds:imageRegistry."
}

variable "TAG" {
  default     = "0.1.0"
  description = "Tag of all images: hysds:imageTag."
  validation {
    condition     = TAG != "latest"
    error_message = "A tag names one state for ever; give a version."
  }
}

variable "REVISION" {
  default     = "unknown"
  description = "Commit of this repository, for the images' labels."
}

variable "RELEASE" {
  default     = "release"
  description = "Directory with HySDS's own code; docs/images.md says what is in it."
}

variable "SOURCE" {
  default     = ""
  description = "Git base URL of HySDS's repositories, instead of the directory: what comes before /hysds.git."
  validation {
    condition     = SOURCE == "" || (SOURCE != "" && RELEASE == "release")
    error_message = "Name a directory by RELEASE or repositories by SOURCE, not both."
  }
}

variable "PROV_ES_REF" {
  default = "v0.3.0"
}

variable "OSAKA_REF" {
  default = "v1.3.1"
}

variable "HYSDS_COMMONS_REF" {
  default = "v2.4.1"
}

variable "HYSDS_REF" {
  default = "v3.3.2"
}

variable "MOZART_REF" {
  default = "v2.4.0"
}

variable "GRQ2_REF" {
  default = "v2.3.0"
}

variable "PELE_REF" {
  default = "v1.3.0"
}

variable "HYSDS_UI_REF" {
  default = "v1.1.10"
}

variable "PYTHON_VERSION" {
  default = "3.12.14"
}

variable "PYTHON_IMAGE" {
  default     = "docker.io/library/python:${PYTHON_VERSION}-slim-trixie"
  description = "A slim Debian image with Python; name a digest to repeat a build exactly."
}

variable "PLATFORMS" {
  default = ["linux/amd64", "linux/arm64"]
}

# Where the images find HySDS's own code.
variable "_RELEASE" {
  default = SOURCE == "" ? RELEASE : "target:release"
}

group "default" {
  targets = ["core", "mozart", "grq2", "pele", "verdi", "hysds-ui"]
}

target "_common" {
  platforms = PLATFORMS
  args = {
    PYTHON_IMAGE   = PYTHON_IMAGE
    PYTHON_VERSION = PYTHON_VERSION
    REVISION       = REVISION
    VERSION        = TAG
  }
}

# A release directory made of Git repositories. Nothing runs it, and so it has no tag.
target "release" {
  inherits = ["_common"]
  context  = "images/release"
  contexts = {
    locks         = "images/base"
    prov_es       = "${SOURCE}/prov_es.git#${PROV_ES_REF}"
    osaka         = "${SOURCE}/osaka.git#${OSAKA_REF}"
    hysds_commons = "${SOURCE}/hysds_commons.git#${HYSDS_COMMONS_REF}"
    hysds         = "${SOURCE}/hysds.git#${HYSDS_REF}"
    mozart        = "${SOURCE}/mozart.git#${MOZART_REF}"
    grq2          = "${SOURCE}/grq2.git#${GRQ2_REF}"
    pele          = "${SOURCE}/pele.git#${PELE_REF}"
    hysds_ui      = "${SOURCE}/hysds_ui.git#${HYSDS_UI_REF}"
  }
}

# Nothing runs it either: the others are built on it. From Git come the versions that the refs say.
target "base" {
  inherits = ["_common"]
  context  = "images/base"
  contexts = { release = _RELEASE }
  args     = SOURCE == "" ? {} : {
    PROV_ES_VERSION       = ""
    OSAKA_VERSION         = ""
    HYSDS_COMMONS_VERSION = ""
    HYSDS_VERSION         = ""
  }
}

target "core" {
  inherits = ["_common"]
  context  = "images/core"
  contexts = { base = "target:base" }
  tags     = ["${REGISTRY}/core:${TAG}"]
}

target "mozart" {
  inherits = ["_common"]
  context  = "images/mozart"
  contexts = { base = "target:base", locks = "images/base", release = _RELEASE }
  tags     = ["${REGISTRY}/mozart:${TAG}"]
}

target "grq2" {
  inherits = ["_common"]
  context  = "images/grq2"
  contexts = { base = "target:base", release = _RELEASE }
  tags     = ["${REGISTRY}/grq2:${TAG}"]
}

target "pele" {
  inherits = ["_common"]
  context  = "images/pele"
  contexts = { base = "target:base", release = _RELEASE }
  tags     = ["${REGISTRY}/pele:${TAG}"]
}

target "verdi" {
  inherits = ["_common"]
  context  = "images/verdi"
  contexts = { core = "target:core" }
  tags     = ["${REGISTRY}/verdi:${TAG}"]
}

target "hysds-ui" {
  inherits = ["_common"]
  context  = "images/hysds-ui"
  contexts = { release = _RELEASE }
  tags     = ["${REGISTRY}/hysds-ui:${TAG}"]
}
