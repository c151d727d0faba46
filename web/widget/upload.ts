/** The largest file that the server takes, bytes (docs/direct-line.md, "Limits"). */
export const mostFileBytes = 10 * 1024 * 1024;
/** What the server takes, for the browser's dialog; pictures first, so that phones offer the camera. */
export const acceptedFiles =
  "image/*,application/pdf,audio/*,video/mp4,video/webm,video/quicktime,text/plain";

/** Sends files and tells how far it is, 0 to 1. fetch cannot tell; this is what XMLHttpRequest is still for. */
export function upload(
  url: string,
  token: string,
  form: FormData,
  onProgress: (done: number) => void,
): Promise<{ status: number; retryAfter: number | undefined }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () =>
      resolve({
        status: request.status,
        retryAfter: Number(request.getResponseHeader("Retry-After") ?? NaN) || undefined,
      });
    request.onerror = () => reject(new TypeError("The upload broke off"));
    request.send(form);
  });
}
