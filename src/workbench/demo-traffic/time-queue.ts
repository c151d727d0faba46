interface Waiting<Item> {
  readonly at: number;
  /** Of two at the same time the one added first comes first. */
  readonly order: number;
  readonly item: Item;
}

/** Things to do in the order of their times, epoch ms: a binary heap. */
export class TimeQueue<Item> {
  readonly #heap: Waiting<Item>[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(at: number, item: Item): void {
    // Clocks count whole milliseconds.
    this.#heap.push({ at: Math.round(at), order: this.#added++, item });
    for (let place = this.#heap.length - 1; place > 0;) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(place, above)) return;
      this.#swap(place, above);
      place = above;
    }
  }

  /** The earliest, taken out; undefined when nothing waits. */
  next(): { readonly at: number; readonly item: Item } | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#heap[0] = last;
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      const least = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(least, place)) return first;
      this.#swap(least, place);
      place = least;
    }
  }

  #isBefore(place: number, other: number): boolean {
    const [one, two] = [this.#heap[place], this.#heap[other]];
    if (one === undefined || two === undefined) return two === undefined && one !== undefined;
    return one.at < two.at || (one.at === two.at && one.order < two.order);
  }

  #swap(place: number, other: number): void {
    const [one, two] = [this.#heap[place], this.#heap[other]];
    if (one === undefined || two === undefined) return;
    this.#heap[place] = two;
    this.#heap[other] = one;
  }
}
