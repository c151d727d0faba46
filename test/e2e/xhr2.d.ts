/** The members we use of xhr2, which brings no types. */
declare module "xhr2" {
  export class XMLHttpRequest {
    send(data?: unknown): void;
    setRequestHeader(name: string, value: string): void;
  }
}
