export type FakeEngine = { url: string; stop: () => Promise<void> };

export function startFakeEngine(options?: { port?: number; rows?: number }): Promise<FakeEngine>;
