/* What a channel needs of a web server, reduced to the few members that channels use. src/http/ implements it on
 * restify and ws; a channel never sees either. */

export interface HttpRequest {
  readonly id: string;
  readonly method: string;
  /** Path without the query, decoded segments in `params` by the names of the route. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The query as it came, without the question mark: some providers sign the address letter by letter. */
  readonly rawQuery: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came, for signatures; empty where there was no body. */
  readonly body: Buffer;
  /** Address of the peer, behind trusted proxies that of the customer. */
  readonly remoteAddress: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: object | string | Buffer;
}

/** Which web pages may read an answer in a browser. Error answers carry it too, else a page sees no status at all. */
export interface Cors {
  /** All pages, or those whose origin is let through for a server addressed by this Host header. */
  readonly origins: "any" | ((origin: string, host: string) => boolean);
  /** The page sends cookies: its origin is named instead of `*`. */
  readonly credentials?: boolean;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** `/v3/directline/conversations/:conversationId`: a segment beginning with a colon is a parameter. */
  readonly path: string;
  /** The largest body that is read, bytes; more is answered 413. */
  readonly bodyLimit: number;
  /** Present where pages of other sites call it; preflight requests are then answered by the server. */
  readonly cors?: Cors;
  /** Refuses before the body is read, by throwing: for bodies too large to read for just anybody. */
  admit?(request: Omit<HttpRequest, "body">): void;
  /** Throws KumustaError for what the catalogue knows; anything else becomes 500 without details. */
  handle(request: HttpRequest): Promise<HttpResponse> | HttpResponse;
}

/** One open WebSocket. */
export interface ClientSocket {
  /** `onWritten` is called when the network took it, or the socket is gone. */
  send(text: string, onWritten?: () => void): void;
  close(code: number, reason: string): void;
  /** Bytes not yet taken by the network: a client that does not read is dropped, not buffered for ever. */
  readonly waitingBytes: number;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

export interface SocketRoute {
  readonly path: string;
  /** Checks the request before the upgrade; throws KumustaError to refuse, else returns what to do with the socket. */
  accept(request: Omit<HttpRequest, "body">): Promise<(socket: ClientSocket) => void>;
}
