/** Names of AWS regions. https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Names of availability zones; those of local zones and of Wavelength zones are longer. */
export const zoneName = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const vpcId = /^vpc-[0-9a-f]{8,17}$/;
export const subnetId = /^subnet-[0-9a-f]{8,17}$/;

/** EC2 instance type: family, generation, attributes, size. */
export const instanceType =
    /^[a-z]+(-\d+tb)?\d*[a-z]*(-flex)?\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

/**
 * Services with interface endpoints, after `com.amazonaws.<region>.`. S3's own, with private DNS, would take the place of
 * the gateway endpoint and be billed for what that does for nothing.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const interfaceService = /^(?!s3$)[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
