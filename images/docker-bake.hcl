# All images of HySDS, each on the same base:  docker buildx bake --file images/docker-bake.hcl --push
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

# Nothing runs it, and so it has no tag: the others are built on it.
target "base" {
  inherits = ["_common"]
  context  = "images/base"
  contexts = { release = RELEASE }
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
  contexts = { base = "target:base", locks = "images/base", release = RELEASE }
  tags     = ["${REGISTRY}/mozart:${TAG}"]
}

target "grq2" {
  inherits = ["_common"]
  context  = "images/grq2"
  contexts = { base = "target:base", release = RELEASE }
  tags     = ["${REGISTRY}/grq2:${TAG}"]
}

target "pele" {
  inherits = ["_common"]
  context  = "images/pele"
  contexts = { base = "target:base", release = RELEASE }
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
  contexts = { release = RELEASE }
  tags     = ["${REGISTRY}/hysds-ui:${TAG}"]
}
