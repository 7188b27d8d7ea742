// Words of the text formats.
export const texts = {
  left: (word: string, where: string, more: number) =>
    `${word} (${where}${more > 0 ? ` and ${more} more` : ''}) has no place in a drawing and is left out.`,
  yaml: {
    broken: (why: string) => `this is no YAML. ${why} Blanks at the beginning of a line, colons and quotes matter.`,
    tooManyAliases: (most: number) => `the text repeats itself by more than ${most} aliases. Write the parts out.`,
    wantsText: 'a text or a number is wanted here, not a list or a map.',
    wantsWhole: (min: number, max: number, found: string) =>
      `a whole number from ${min} to ${max} is wanted here, not ${found}.`,
    wantsList: 'a list is wanted here. Begin each of its lines with a dash and a blank.',
    wantsMap: 'names and values are wanted here, one to a line, with a colon and a blank between them.',
  },
  kubernetes: {
    label: 'Kubernetes manifests',
    nothing: 'There is no deployment and no pod in this drawing to write a manifest of. Draw one first.',
    noPods: 'there is no pod, no deployment and no node in this text, and nothing else of Kubernetes can be drawn.',
    noKind: 'a manifest says what it describes. Add a line such as “kind: Deployment”.',
    noContainers: (name: string) => `the pod ${name} has no containers. Add at least one under “containers:”.`,
    asDeployment: (kind: string, name: string) => `${kind} ${name} is drawn as a deployment.`,
    pods: (name: string, asked: number, drawn: number) => `Of ${asked} replicas of ${name}, ${drawn} are drawn.`,
    onePort: (name: string) => `Container ${name} is drawn with its first port.`,
    tooMuch: (found: string) => `${found} is more than a drawing can hold.`,
    added: 'Manifests do not say where they are applied: a control plane and two nodes were drawn.',
    addedControl: 'Manifests do not say where they are applied: a control plane was drawn.',
  },
  compose: {
    label: 'Compose file',
    nothing: 'There is no container in a container engine in this drawing. Put one into an engine first.',
    noServices: 'a compose file names its containers under “services:”. Add at least one service there.',
    several: 'a compose file is one document. Take away the line of dashes and what follows it.',
    port: (found: string) => `${found} is no port. Write 80, or 8080:80 for port 8080 of the host.`,
    onePort: (name: string, ports: string) => `${name} is drawn with its first port. Left out: ${ports}.`,
    memory: (found: string) => `${found} is no amount of memory. Write a number with b, k, m or g, such as 512m.`,
    cpus: (found: string) => `${found} is no number of CPUs from 0.01 to 100. Write 0.5 for half of one.`,
    copies: (name: string, asked: number, drawn: number) => `Of ${asked} copies of ${name}, ${drawn} are drawn.`,
  },
  dot: {
    label: 'Graphviz DOT',
    nothing: 'There is nothing in this drawing yet.',
  },
  libvirt: {
    label: 'libvirt definitions (shell script)',
    nothing: 'There is no virtual machine in this drawing to define. Draw one first.',
    reserved: (mib: number) =>
      `${mib} MiB are reserved in the drawing. QEMU has no such promise, so it is not asked for.`,
  },
  oci: {
    label: 'OCI bundles (shell script)',
    nothing: 'There is no Linux container in a container engine in this drawing. Put one into an engine first.',
    left: (name: string) => `${name} is left out: it is no Linux container.`,
    fill: (name: string, image: string) =>
      `Put the files of ${image === '' ? 'an image' : image} into ${name}/rootfs, then: runc run --bundle ${name} ${name}`,
  },
}
