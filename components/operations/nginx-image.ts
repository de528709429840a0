/** Docker image of NGINX without root, BSD-2-Clause (https://github.com/nginx/docker-nginx-unprivileged). */
export const NGINX_IMAGE = "docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine";

/** User of the image. */
export const NGINX_UID = 101;
