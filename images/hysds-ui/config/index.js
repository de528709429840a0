// Made by `npm run generate`: the settings of hysds_ui, the same for every installation.
exports.LOCAL_DEV = false;
exports.GRQ_ES_URL = "/grq_es";
exports.GRQ_ES_INDICES = "grq";
exports.GRQ_REST_API_V1 = "/grq/api/v0.1";
exports.MOZART_BASE_URL = "";
exports.MOZART_ES_URL = "/mozart_es";
exports.MOZART_ES_INDICES = "job_status";
exports.MOZART_REST_API_BASE = "/mozart";
exports.MOZART_REST_API_V1 = "/mozart/api/v0.1";
exports.MOZART_REST_API_V2 = "/mozart/api/v0.2";
exports.KIBANA_URL = "/metrics/";
exports.ROOT_PATH = "/hysds_ui/";

// The page's link to RabbitMQ is this host and a port. Queues are shown by Flower, on the port of the page itself; the
// bundler reads this file too, outside of any page.
const port = typeof window === "undefined" ? "" : window.location.port;
exports.RABBIT_MQ_PORT = `${port}/flower/broker`;
