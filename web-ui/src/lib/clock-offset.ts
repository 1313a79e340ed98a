const SAMPLES = 20;

/**
 * Estimates how far the server's clock stands from ours. Every sample is too small by the time the
 * frame travelled, so the largest of the last 20 (the smallest delay) is the best.
 */
export class ClockOffset {
  private readonly samples: number[] = [];

  onServerTime(serverMs: number, localMs: number): void {
    this.samples.push(serverMs - localMs);
    if (this.samples.length > SAMPLES) {
      this.samples.shift();
    }
  }

  /** Server time minus local time, ms; 0 before the first sample. */
  get offsetMs(): number {
    return this.samples.length === 0 ? 0 : Math.max(...this.samples);
  }

  /** How long ago the server sent something, ms, never negative. */
  ageMs(serverMs: number, localMs: number): number {
    return Math.max(0, localMs + this.offsetMs - serverMs);
  }
}
