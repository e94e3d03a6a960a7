/** The two VS Code versions everything is tested in: the oldest supported and the newest. */
export const HOST_VERSIONS = ['oldest', 'newest'] as const;

export type HostVersion = (typeof HOST_VERSIONS)[number];

/** What has to be installed to have one version of VS Code without its desktop build. */
export interface HostSpec {
  /** VS Code's own version, as the desktop download calls it. */
  readonly vscode: string;
  /** The npm package `code-server` that carries VS Code's server and workbench. */
  readonly codeServer: string;
  /** The major version of Node.js that this server is built for. */
  readonly node: string;
  /** Native modules the server cannot start without (Node-API, so any Node can build them). */
  readonly native: readonly string[];
  /** Dependencies that the package declares by git address, and the published version instead. */
  readonly gitDependencies: Readonly<Record<string, string>>;
}

/** The one place where versions are written down. */
export const HOSTS: Readonly<Record<HostVersion, HostSpec>> = {
  oldest: {
    vscode: '1.106.3',
    codeServer: '4.106.3',
    node: '22',
    native: ['@vscode/spdlog', 'native-watchdog'],
    gitDependencies: { '@parcel/watcher': '2.5.1' },
  },
  newest: {
    vscode: '1.139.1',
    codeServer: '4.139.1',
    node: '24',
    native: ['@vscode/spdlog', '@vscode/native-watchdog'],
    gitDependencies: {},
  },
};

/** Reads `oldest` or `newest` from the command line or the environment. */
export function parseHostVersion(text: string): HostVersion {
  const found = HOST_VERSIONS.find((version) => version === text);
  if (!found) throw new Error(`Unknown VS Code version "${text}": say oldest or newest.`);
  return found;
}
