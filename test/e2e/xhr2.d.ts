/** The members we use of xhr2, which brings no types. */
declare module "xhr2" {
  class XMLHttpRequest {
    send(data?: unknown): void;
    setRequestHeader(name: string, value: string): void;
  }
  const members: { readonly XMLHttpRequest: typeof XMLHttpRequest };
  export default members;
}
