import { InputError } from '@backstage/errors';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { configError } from '../config/configProblems';
import { Bundle, BundleTimes } from './Bundle';
import { bundleProblems } from './bundleProblems';
import { bundleTimes } from './bundleTimes';
import { Profile } from './Profile';
import { partSlotsOf } from './pinProfile';
import { ProfileRegistry } from './ProfileRegistry';

/** The bundles in config. */
export class BundleRegistry {
  readonly #bundles: Map<string, Bundle>;
  readonly #profiles: Pick<ProfileRegistry, 'get'>;

  private constructor(
    bundles: Bundle[],
    profiles: Pick<ProfileRegistry, 'get'>,
  ) {
    this.#bundles = new Map(bundles.map(bundle => [bundle.id, bundle]));
    this.#profiles = profiles;
  }

  /** @throws InputError naming the path of each key that is wrong. */
  static create(options: {
    bundles: Bundle[];
    profiles: Pick<ProfileRegistry, 'get' | 'list'>;
    providers: ReadonlyMap<string, JitProvider>;
  }): BundleRegistry {
    const { bundles, profiles } = options;
    const problems = bundleProblems({ ...options, profiles: profiles.list() });
    if (problems.length > 0) {
      throw configError(problems);
    }
    return new BundleRegistry(bundles, profiles);
  }

  get(id: string): Bundle | undefined {
    return this.#bundles.get(id);
  }

  list(): Bundle[] {
    return [...this.#bundles.values()];
  }

  /** In the order in which they are granted. */
  partsOf(bundle: Bundle): Profile[] {
    return bundle.parts.map(id => this.#profiles.get(id)!);
  }

  timesOf(bundle: Bundle): BundleTimes {
    return bundleTimes(this.partsOf(bundle));
  }

  /** @throws InputError naming the bundles that a profile can only be leased in, if it cannot be leased alone. */
  assertLeasedAlone(profile: Profile, field: string): void {
    if (partSlotsOf(profile)) {
      const bundles = this.list()
        .filter(({ parts }) => parts.includes(profile.id))
        .map(({ id }) => id);
      throw new InputError(
        `${field}.profileId: ${
          profile.id
        } takes facts of other leases, so it can only be asked for as a part of ${bundles.join(
          ' or ',
        )} (bundleId)`,
      );
    }
  }
}
