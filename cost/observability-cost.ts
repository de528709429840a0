import { ObservabilitySettings } from "../components/settings/settings";
import { CostItem, exactly } from "./cost-item";
import { PriceBook } from "./price-book";

/** Lines of what watches a stack on AWS: keys of what is encrypted, and what is billed by what it sees. */
export function observabilityCost(
    { monitoring, containerLogs }: Pick<ObservabilitySettings, "monitoring" | "containerLogs">,
    book: PriceBook,
): readonly CostItem[] {
    const insights = monitoring === "cloudwatch";
    const key = (name: string): CostItem =>
        book.units({ group: "Operations", name }, "kmsKey", exactly(1));
    const usage = (name: string, price: Parameters<PriceBook["usage"]>[1]): CostItem =>
        book.usage({ group: "Operations", name }, price);
    return [
        ...(insights || containerLogs === "cloudwatch" ? [key("KMS key of container logs")] : []),
        // CloudWatch watches the services of AWS beside Prometheus too.
        ...(monitoring === "none" ? [] : [key("KMS key of alarms")]),
        usage("KMS requests", "kmsRequests"),
        ...(insights ? [usage("Container Insights", "containerInsights")] : []),
        usage("CloudWatch log ingestion", "logIngestion"),
    ];
}
