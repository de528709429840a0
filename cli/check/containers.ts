import { Source, sourceOf } from "../search/documents";

/** One container that a job specification starts: the job's own, and those that its job may start beside. */
export interface SpecContainer {
    /** Where the specification says what the container imports, and which options it has. */
    readonly importsAt: string;
    readonly imports: Source;
    readonly optionsAt: string;
    readonly options: Source;
}

/** The containers of a job specification, its own first: hysds/job_worker.py makes parameters of each. */
export function containersOf(spec: Source): readonly SpecContainer[] {
    const own = {
        importsAt: "imported_worker_files",
        imports: sourceOf(spec.imported_worker_files),
        optionsAt: "runtime_options",
        options: sourceOf(spec.runtime_options),
    };
    const others = dependencyImages(spec).map((image, index) => ({
        importsAt: `dependency_images[${index}].container_mappings`,
        imports: sourceOf(image.container_mappings),
        optionsAt: `dependency_images[${index}].runtime_options`,
        options: sourceOf(image.runtime_options),
    }));
    return [own, ...others];
}

/** Images that a job needs beside its own. */
export function dependencyImages({ dependency_images: images }: Source): readonly Source[] {
    return Array.isArray(images) ? images.map(sourceOf) : [];
}
