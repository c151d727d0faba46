import type { Channel, ChannelCapabilities, Delivery, OutgoingReply } from "../../../src/turn/ports.ts";

/** A provider as the outside world is: it keeps what reached it, and answers as the test tells it to. */
export class EmulatedChannel implements Channel {
  readonly name = "emulated";
  readonly capabilities: ChannelCapabilities;
  readonly received: OutgoingReply[] = [];
  /** What the provider answers to the next sends, first to last; after that everything is delivered. */
  readonly answers: ((outgoing: OutgoingReply) => Promise<Delivery>)[] = [];

  constructor(delivery: ChannelCapabilities["delivery"] = "ambiguous") {
    this.capabilities = { delivery, showsTyping: false };
  }

  get texts(): string[] {
    return this.received.map(({ reply }) => reply.text);
  }

  deliver(outgoing: OutgoingReply): Promise<Delivery> {
    const answer = this.answers.shift();
    if (answer !== undefined) return answer(outgoing);
    return this.deliverNow(outgoing);
  }

  deliverNow(outgoing: OutgoingReply): Promise<Delivery> {
    this.received.push(outgoing);
    return Promise.resolve({ status: "delivered", providerId: `p${String(this.received.length)}` });
  }
}
