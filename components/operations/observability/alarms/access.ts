import { AlarmRow, metricsOf } from "../alarm";
import { GATEWAY_METRICS } from "../aws/gateway-metrics";

const alb = metricsOf("AWS/ApplicationELB");
const certificates = metricsOf("AWS/CertificateManager");

const RECOMMENDED =
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html";

const NO_REQUESTS = "nobody asked anything";

/** How people reach HySDS. */
export const ACCESS_ALARMS: readonly AlarmRow[] = [
    {
        name: "gateway-5xx",
        watched: "gateway",
        severity: "critical",
        meaning:
            "Of more than 20 requests in five minutes, one in twenty ends in an error of the server.",
        action: "Logs of the gateway: 502 and 504 name the service that is down or slow, 500 is in that service's own log.",
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html",
        cloudwatch: {
            metrics: { errors: GATEWAY_METRICS.errors, requests: GATEWAY_METRICS.requests },
            expression: "IF(requests > 20, 100 * errors / requests, 0)",
            comparison: ">=",
            threshold: 5,
            unit: "%",
            periodSeconds: 300,
            periods: 2,
            missing: "notBreaching",
            missingBecause: NO_REQUESTS,
        },
        prometheus: {
            expression: ({ services }) =>
                `100 * sum(rate(nginx_ingress_controller_requests{exported_namespace="${services}",ingress="gateway",status=~"5.."}[5m])) / sum(rate(nginx_ingress_controller_requests{exported_namespace="${services}",ingress="gateway"}[5m])) > 5`,
            duration: "10m",
            applies: ({ ingress }) =>
                ingress.kind === "ingress" && ingress.ingressClass === "nginx",
        },
    },
    {
        name: "load-balancer-5xx",
        watched: "application-load-balancer",
        severity: "critical",
        meaning: "The load balancer itself answers with errors: no gateway pod takes its requests.",
        action: "kubectl get pods --selector app.kubernetes.io/name=gateway; then the health of the targets in the EC2 console.",
        source: RECOMMENDED,
        cloudwatch: {
            metrics: { errors: alb("HTTPCode_ELB_5XX_Count", "Sum") },
            comparison: ">=",
            threshold: 10,
            unit: "",
            periodSeconds: 300,
            periods: 2,
            missing: "notBreaching",
            missingBecause: "the metric exists only while there are errors",
        },
    },
    {
        name: "certificate-expiry",
        watched: "certificate",
        severity: "warning",
        meaning:
            "The certificate of hysds:domain ends soon. ACM renews its own 60 days before, so renewal has failed, or the certificate was imported.",
        action: "ACM console: a pending validation asks for its DNS record; an imported certificate is imported again.",
        source: RECOMMENDED,
        cloudwatch: {
            metrics: { days: certificates("DaysToExpiry", "Minimum") },
            comparison: "<=",
            threshold: 44,
            unit: "days",
            periodSeconds: 86_400,
            periods: 1,
            missing: "ignore",
            missingBecause: "an expired certificate reports no more, and must stay an alarm",
        },
        prometheus: {
            expression: ({ services }) =>
                `certmanager_certificate_expiration_timestamp_seconds{exported_namespace="${services}"} - time() < 14 * 86400`,
            duration: "1h",
            applies: ({ ingress }) => ingress.tls === "cert-manager",
        },
    },
];
