// Sends a file in parts, and goes on after a lost connection or another day where it was (tus). Without it the form does.
import { Upload } from "tus-js-client";

const PART = 8 * 1024 * 1024;

for (const part of document.querySelectorAll("[data-uploads]")) {
  const form = part.querySelector("form");
  const told = part.querySelector("[data-progress]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

  const begin = async (file) => {
    const { uploads, exhibit } = part.dataset;
    const key = crypto.randomUUID(); // of one file: where the answer to its beginning is lost, it is not begun twice
    const upload = new Upload(file, {
      endpoint: uploads,
      chunkSize: PART,
      retryDelays: [0, 1000, 3000, 10000, 30000, 60000],
      removeFingerprintOnSuccess: true,
      metadata: { exhibit, filename: file.name },
      headers: { "X-CSRFToken": token },
      fingerprint: async () => ["crossforce", exhibit, file.name, file.size, file.lastModified].join("-"),
      onBeforeRequest: (request) => {
        if (request.getMethod() === "POST") request.setHeader("Idempotency-Key", key);
      },
      onProgress: (sent, all) => {
        told.textContent = `${file.name}: ${Math.floor((100 * sent) / Math.max(all, 1))} per cent sent.`;
      },
      onError: (fault) => {
        const isFull = fault.originalResponse?.getStatus() === 507;
        const why = isFull ? "There is no room on the platform's disk now." : "";
        told.textContent = `${file.name} did not come through. ${why} What came is kept: send it again, and it goes on.`;
        for (const one of form.querySelectorAll("button")) one.disabled = false;
      },
      onSuccess: () => location.reload(),
    });
    const [before] = await upload.findPreviousUploads();
    if (before) upload.resumeFromPreviousUpload(before);
    upload.start();
  };

  form.addEventListener("submit", (event) => {
    const [file] = form.querySelector("input[type=file]").files;
    if (!file) return;
    event.preventDefault();
    for (const one of form.querySelectorAll("button")) one.disabled = true;
    begin(file);
  });
}
