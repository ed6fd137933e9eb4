/** What controllers of stock are handed; bound once, in the module. */
export const stockReader = Symbol('stock reader');
export const stockWriter = Symbol('stock writer');
export const stockStreamsToken = Symbol('stock streams');
export const stockClock = Symbol('stock clock');
export const stockStore = Symbol('stock event store');
export const stockAllocator = Symbol('stock allocator');
export const levelReporting = Symbol('level reporting');
/** Resolves moments of the past to places in the log. */
export const stockPast = Symbol('past of stock');
export const stockJobs = Symbol('stock jobs');
export const stockWhatIfs = Symbol('stock what-ifs');
