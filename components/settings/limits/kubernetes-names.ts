/** RFC 1123 label: names of Kubernetes namespaces and Services. https://www.rfc-editor.org/rfc/rfc1123 */
export const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const subdomainSource = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

/** What a subdomain is made of, for types that bound its length by themselves. */
export const subdomainCharacters = new RegExp(`^${subdomainSource}$`);

/**
 * RFC 1123 subdomain: names of most objects, such as StorageClasses and IngressClasses.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export const dnsSubdomain = new RegExp(`^(?=.{1,253}$)${subdomainSource}$`);

/**
 * Names of labels: a subdomain and a slash may stand before 63 characters.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const labelName = new RegExp(
    `^((?=[^/]{1,253}/)${subdomainSource}/)?[A-Za-z0-9]([-\\w.]{0,61}[A-Za-z0-9])?$`,
);
export const labelValue = /^$|^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** At least two labels, such as `hysds.example.org`; an Ingress takes no more characters than a name has. */
export const domainName = /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Keys of Secrets and ConfigMaps. https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object */
export const dataKey = /^(?!\.{1,2}$)[-._A-Za-z0-9]{1,253}$/;

/** What a Secret holds at most. https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size */
export const maxSecretBytes = 2 ** 20;
