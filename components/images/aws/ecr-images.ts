import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { IMAGES } from "../../kubernetes/images";
import { conventions } from "../../platform/aws/conventions";
import { architecture } from "../../settings/limits/instances";
import { ecrRegistry } from "../../settings/limits/images";
import { nodeGroupsOf } from "../../settings/pool-nodes";
import {
    AwsPlatformSettings,
    ReleaseSource,
    Settings,
    WorkerPoolSettings,
} from "../../settings/settings";
import { BUILD_CONTEXTS, BuildContexts } from "../contexts";
import { gitContexts } from "../repositories";
import { repository } from "./repository";

/** Build arguments of `base` that take a wheel of any version. */
const ANY_VERSION = {
    PROV_ES_VERSION: "",
    OSAKA_VERSION: "",
    HYSDS_COMMONS_VERSION: "",
    HYSDS_VERSION: "",
};

export interface EcrImagesArgs {
    readonly settings: Settings;
    readonly platform: AwsPlatformSettings;
    /** Where HySDS's own code is. */
    readonly release: ReleaseSource;
}

/**
 * HySDS's images, built by BuildKit where `pulumi up` runs and pushed to ECR repositories of the stack's own, for the
 * processor architectures that its node groups have. Previews build nothing. A tag is never moved, so a change of
 * what is built needs a new `imageTag`.
 * https://www.pulumi.com/registry/packages/docker-build/
 */
export class EcrImages extends pulumi.ComponentResource {
    /** Where each image that the stack runs is, by digest. */
    public readonly references: Readonly<Record<string, pulumi.Output<string>>>;
    private readonly built = new Map<string, docker.Image>();

    /** @throws Error when `images.registry` is not an ECR registry with a path, which settings do not let through */
    constructor(
        private readonly imagesName: string,
        private readonly args: EcrImagesArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "hysds:component:EcrImages",
            imagesName,
            {},
            { ...opts, transformations: conventions(args.settings) },
        );
        const { host, account, path } = registryOf(args.settings.images.registry);
        const token = aws.ecr.getAuthorizationTokenOutput(
            { registryId: account },
            { parent: this },
        );
        const login = {
            address: host,
            username: token.userName,
            password: pulumi.secret(token.password),
        };
        for (const [name, contexts] of Object.entries(BUILD_CONTEXTS)) {
            if (this.isNeeded(name)) {
                this.built.set(name, this.build(name, contexts, `${path}/${name}`, login));
            }
        }
        this.references = Object.fromEntries(
            IMAGES.own
                .filter((name) => this.built.has(name))
                .map((name) => [name, this.reference(name)]),
        );
        this.registerOutputs({ references: this.references });
    }

    private isNeeded(image: string): boolean {
        const { settings, release } = this.args;
        switch (image) {
            case "hysds-ui":
                return settings.hysds.ui;
            case "release":
                return "url" in release;
            default:
                return true;
        }
    }

    private build(
        image: string,
        contexts: BuildContexts,
        repositoryName: string,
        login: docker.types.input.RegistryArgs,
    ): docker.Image {
        const { settings, platform } = this.args;
        const name = `${this.imagesName}-${image}`;
        const { protect } = settings;
        const { repositoryUrl } = repository(name, { repositoryName, protect }, this);
        return new docker.Image(
            name,
            {
                context: {
                    location: `images/${image}`,
                    named: this.namedContexts(image, contexts),
                },
                buildArgs: { VERSION: settings.images.tag, ...this.versions(image) },
                platforms: platformsOf(platform, settings.hysds.workers),
                tags: [pulumi.interpolate`${repositoryUrl}:${settings.images.tag}`],
                registries: [login],
                push: true,
                buildOnPreview: false,
            },
            { parent: this },
        );
    }

    private namedContexts(image: string, { from, release, locks }: BuildContexts): NamedContexts {
        return {
            ...(from && { [from]: { location: this.fromRegistry(from) } }),
            ...(release && { release: { location: this.releaseContext() } }),
            ...(locks && { locks: { location: "images/base" } }),
            ...(image === "release" && this.repositories()),
        };
    }

    private releaseContext(): pulumi.Input<string> {
        const { release } = this.args;
        return "url" in release ? this.fromRegistry("release") : release.directory;
    }

    private repositories(): NamedContexts {
        const { release } = this.args;
        const contexts: Readonly<Record<string, string>> =
            "url" in release ? gitContexts(release) : {};
        return Object.fromEntries(
            Object.entries(contexts).map(([name, location]) => [name, { location }]),
        );
    }

    /** From Git come the versions that the refs say; a directory must have those that base's Dockerfile names. */
    private versions(image: string): Readonly<Record<string, string>> {
        return image === "base" && "url" in this.args.release ? ANY_VERSION : {};
    }

    /** https://docs.docker.com/reference/cli/docker/buildx/build/#build-context */
    private fromRegistry(image: string): pulumi.Output<string> {
        return pulumi.interpolate`docker-image://${this.reference(image)}`;
    }

    private reference(image: string): pulumi.Output<string> {
        const built = this.built.get(image);
        if (!built) {
            throw new Error(`Image ${image} is needed before it is built`);
        }
        return built.ref;
    }
}

type NamedContexts = Record<string, docker.types.input.ContextArgs>;

function registryOf(registry: string): { host: string; account: string; path: string } {
    const { host, account, path } = ecrRegistry(registry) ?? {};
    if (!host || !account || !path) {
        throw new Error(`${registry} is not an ECR registry with a path`);
    }
    return { host, account, path };
}

function platformsOf(
    platform: AwsPlatformSettings,
    workers: readonly WorkerPoolSettings[],
): docker.Platform[] {
    const types = nodeGroupsOf(workers, platform).flatMap(({ instanceTypes }) => instanceTypes);
    return [...new Set(types.map(architecture))]
        .sort()
        .map((name) => docker.Platform[`Linux_${name}`]);
}
