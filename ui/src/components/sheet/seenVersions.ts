// Which version of each cell the person saw when they typed: it goes along with what is saved, so
// that nobody overwrites what somebody else wrote in the meantime without having seen it.

export class SeenVersions {
  /** The versions that the screen shows; a cell that is not in here never held anything. */
  private shown = new Map<string, number>();
  /** The version under an edit that is not saved yet; null where there was none. */
  private under = new Map<string, number | null>();
  private answeredAt = new Map<string, number>();

  /** Whether the cell was answered after this moment, so that an answer to an older question is stale for it. */
  isNewer(cell: string, asked: number): boolean {
    return (this.answeredAt.get(cell) ?? -1) > asked;
  }

  /** Takes what was stored when it was asked for, at this moment. */
  show(versions: Iterable<readonly [string, number]>, asked: number): void {
    const newer = [...this.shown].filter(([cell]) => this.isNewer(cell, asked));
    this.shown = new Map([...versions].filter(([cell]) => !this.isNewer(cell, asked)).concat(newer));
  }

  /** Something was typed into the cell. An edit that waits already keeps the version that it began on. */
  begin(cell: string): void {
    if (!this.under.has(cell)) this.under.set(cell, this.shown.get(cell) ?? null);
  }

  /** The version to send with the cell. */
  of(cell: string): number | undefined {
    const under = this.under.get(cell);
    return under === undefined ? this.shown.get(cell) : (under ?? undefined);
  }

  /** The cell was saved; `typedOver` when more was typed into it meanwhile. */
  saved(cell: string, version: number | null, typedOver: boolean, now: number): void {
    this.put(cell, version, now);
    if (typedOver) this.under.set(cell, version);
    else this.under.delete(cell);
  }

  /** Somebody else's value is shown from now on; what was typed before that was still typed without it. */
  conflict(cell: string, version: number | null, typedOver: boolean, now: number): void {
    this.put(cell, version, now);
    if (!typedOver) this.under.delete(cell);
  }

  private put(cell: string, version: number | null, now: number): void {
    this.answeredAt.set(cell, now);
    if (version === null) this.shown.delete(cell);
    else this.shown.set(cell, version);
  }
}
