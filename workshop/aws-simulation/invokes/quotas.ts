import { SimulatedAccount } from "../account";
import { text } from "../resources/row";
import { ProviderError } from "../wire/errors";
import { Properties } from "../wire/values";

/**
 * The data source asks for the default of a quota and then for what is applied
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/servicequotas/service_quota_data_source.go).
 *
 * @throws ProviderError where the caller may ask for neither, or the service has no such quota
 */
function serviceQuota(args: Properties, account: SimulatedAccount): Properties {
    const [service, code] = ["serviceCode", "quotaCode"].map((key) => text(args, key)) as [
        string,
        string,
    ];
    for (const action of ["GetAWSDefaultServiceQuota", "GetServiceQuota"]) {
        if (account.deniedActions.includes(`servicequotas:${action}`)) {
            throw new ProviderError(denied(account, service, code, action));
        }
    }
    const quota = account.quota(code);
    if (quota === undefined) {
        throw new ProviderError(
            `getting Default Service Quota for (${service}/${code}): operation error Service Quotas: ` +
                "GetAWSDefaultServiceQuota, https response error StatusCode: 400, NoSuchResourceException: " +
                "The request failed because the specified quota does not exist.",
        );
    }
    return { ...quota, id: account.arn("servicequotas", `${service}/${code}`), adjustable: true };
}

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/CommonErrors.html */
function denied(account: SimulatedAccount, service: string, code: string, action: string): string {
    const caller = account.arn("sts", "assumed-role/engineer/session", "global");
    return (
        `getting Service Quota for (${service}/${code}): operation error Service Quotas: ${action}, https response ` +
        `error StatusCode: 400, AccessDeniedException: User: ${caller} is not authorized to perform: ` +
        `servicequotas:${action}`
    );
}

/** Functions that tell quotas, and what of them is taken. */
export const quotaAnswers: Readonly<
    Record<string, (args: Properties, account: SimulatedAccount) => Properties>
> = {
    "aws:servicequotas/getServiceQuota:getServiceQuota": serviceQuota,
    "aws:lb/getLbs:getLbs": (_, account) => ({
        id: account.region,
        arns: account
            .ofType("aws:lb/loadBalancer:LoadBalancer")
            .map(({ outputs }) => text(outputs, "arn")),
    }),
    "aws:ec2/getNatGateways:getNatGateways": (args, account) => {
        const inVpc = (subnetId: string): boolean =>
            text(account.get("aws:ec2/subnet:Subnet", subnetId)?.inputs ?? {}, "vpcId") ===
            text(args, "vpcId");
        const ids = account
            .ofType("aws:ec2/natGateway:NatGateway")
            .filter(({ inputs }) => inVpc(text(inputs, "subnetId")))
            .map(({ id }) => id);
        return { id: account.region, ids };
    },
};
