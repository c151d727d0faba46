import "./host-loads-later.ts";
import {
  ActivityTypes,
  BotAdapter,
  TurnContext,
  type Activity,
  type ResourceResponse,
  type SendActivitiesHandler,
} from "botbuilder";

/*
 * The framework's async functions are compiled to generators, a new function for each call. V8 gives each its own map
 * in the old space, which holds on to the whole turn until the next full collection: some 7 KB a turn that were moved there
 * for nothing. What runs in every turn is therefore written anew here, to do the same.
 */

function isTrace({ type }: Partial<Activity>): boolean {
  const trace: string = ActivityTypes.Trace;
  return type === trace;
}

/** The context of one turn. It sends as the framework's own does. */
export class HostedContext extends TurnContext {
  /** Middleware wants to see what is sent. A plain property: middleware holds the context by way of a proxy. */
  private isListenedTo = false;

  override onSendActivities(handler: SendActivitiesHandler): this {
    this.isListenedTo = true;
    return super.onSendActivities(handler);
  }

  override async sendActivities(activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    if (this.isListenedTo || this.activity.deliveryMode !== undefined)
      return super.sendActivities(activities);
    const reference = TurnContext.getConversationReference(this.activity);
    const output = activities.map((activity) => {
      const { id: _its, ...sent } = TurnContext.applyConversationReference({ ...activity }, reference);
      return { ...sent, type: sent.type ?? ActivityTypes.Message };
    });
    const responses = await this.adapter.sendActivities(this, output);
    if (!output.every(isTrace)) this.responded = true;
    return responses;
  }
}

/** Runs middleware as the framework's adapter does: around the turn, on a context that ends with it. */
export abstract class HostedAdapter extends BotAdapter {
  protected override async runMiddleware(
    context: TurnContext,
    next: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const { proxy, revoke } = Proxy.revocable(context, {});
    try {
      await this.middleware.run(proxy, () => next(proxy));
    } finally {
      revoke();
    }
  }
}
