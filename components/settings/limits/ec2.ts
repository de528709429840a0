/** Names of AWS regions. https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const vpcId = /^vpc-[0-9a-f]{8,17}$/;
export const subnetId = /^subnet-[0-9a-f]{8,17}$/;

/** EC2 instance type: family, generation, attributes, size. */
export const instanceType =
    /^[a-z]+(-\d+tb)?\d*[a-z]*(-flex)?\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;
