import type { InboundActivity, Source } from "../../basics/activity.ts";
import { mapAttachments, type TextMap } from "./text-map.ts";

/** Addresses of pages may carry what a form held: "?email=". */
export function mapSource(source: Source, map: TextMap): Source {
  const { page, referrer, campaign } = source;
  return {
    ...source,
    ...(page === undefined ? {} : { page: map.text(page) }),
    ...(referrer === undefined ? {} : { referrer: map.text(referrer) }),
    ...(campaign === undefined ? {} : { campaign: map.text(campaign) }),
  };
}

/** Everything in an activity that somebody wrote or that is about somebody; ids, kinds and times stay. */
export function mapActivity(activity: InboundActivity, map: TextMap): InboundActivity {
  const mapped = mapWords(activity, map);
  return activity.source === undefined ? mapped : { ...mapped, source: mapSource(activity.source, map) };
}

function mapWords(activity: InboundActivity, map: TextMap): InboundActivity {
  switch (activity.type) {
    case "message":
      return {
        ...activity,
        text: map.text(activity.text),
        ...(activity.attachments === undefined
          ? {}
          : { attachments: mapAttachments(activity.attachments, map) }),
      };
    case "choice":
      return { ...activity, text: map.text(activity.text), payload: map.text(activity.payload) };
    case "event":
      return activity.value === undefined ? activity : { ...activity, value: map.json(activity.value) };
    case "actionResult": {
      const { result } = activity;
      return {
        ...activity,
        result: result.ok
          ? { ok: true, value: map.json(result.value) }
          : { ok: false, reason: map.text(result.reason) },
      };
    }
    case "agent":
      return activity.text === undefined ? activity : { ...activity, text: map.text(activity.text) };
    case "timer":
      return activity;
  }
}
