import { GatewayServices } from "../../components/operations/gateway-config";

const service = (name: string, port: number) => ({ name, namespace: "hysds", port }) as const;

/** The services of HySDS as its components name them. */
export const GATEWAY_SERVICES: GatewayServices = {
    mozart: service("mozart", 8888),
    grq2: service("grq2", 8878),
    pele: service("pele", 8877),
    kibana: service("kibana", 5601),
    flower: service("flower", 5555),
    ui: service("hysds-ui", 8080),
};
