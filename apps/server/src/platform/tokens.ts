/**
 * What every feature stands on, by its token in the injector. Classes are their own token: `Transactions`, `Sealer` (libs/db),
 * `Jobs`, `LiveWake`. The ones below stand for interfaces: `@Inject(CLOCK) private readonly clock: Clock`.
 */
export const CLOCK = Symbol('Clock');
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
