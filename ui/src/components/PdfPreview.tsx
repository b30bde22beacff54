// The pages of a document as they will print; only those on the screen are drawn.
import { useVirtualizer } from "@tanstack/react-virtual";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { OperationError } from "../bridge";
import { useTranslation } from "../i18n";
import { openPdf } from "./pdf";
import classes from "./PdfPreview.module.css";
import { ErrorState, LoadingShape } from "./states";

const gap = 16;

export function PdfPreview({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const { t } = useTranslation();
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [size, setSize] = useState({ width: 595, height: 842 });
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let opened: PDFDocumentProxy | null = null;
    let left = false;
    setDocument(null);
    setFailure(null);
    openPdf(bytes)
      .then(async (pdf) => {
        opened = pdf;
        const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
        if (left) return pdf.loadingTask.destroy();
        setSize({ width, height });
        setDocument(pdf);
      })
      .catch((reason: unknown) => {
        if (!left) setFailure(reason);
      });
    return () => {
      left = true;
      void opened?.loadingTask.destroy();
    };
  }, [bytes]);
  if (failure !== null) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    return <ErrorState error={new OperationError("bad_document", reason)} title={t("common.pdf.broken")} />;
  }
  return document === null ? <LoadingShape rows={16} /> : <Pages document={document} size={size} label={label} />;
}

function Pages({
  document,
  size,
  label,
}: {
  document: PDFDocumentProxy;
  size: { width: number; height: number };
  label: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.min(element.clientWidth - 2 * gap, 900)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const height = width * (size.height / size.width);
  const virtual = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + gap,
    overscan: 1,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(height): what was measured no longer holds when pages are of another height.
  useEffect(() => virtual.measure(), [virtual, height]);
  return (
    <div ref={scroller} className={classes.pages} role="document" aria-label={label} tabIndex={0}>
      {width > 0 && (
        <div style={{ height: virtual.getTotalSize() + gap, position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              className={classes.page}
              style={{ width, height, transform: `translateY(${start + gap}px)` }}
            >
              <PageCanvas document={document} number={index + 1} width={width} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function PageCanvas({ document, number, width }: { document: PDFDocumentProxy; number: number; width: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let left = false;
    setFailed(false);
    document
      .getPage(number)
      .then(async (page) => {
        const target = canvas.current;
        if (left || target === null) return;
        const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(window.devicePixelRatio, 2);
        const viewport = page.getViewport({ scale });
        target.width = Math.floor(viewport.width);
        target.height = Math.floor(viewport.height);
        const task = page.render({ canvas: target, viewport });
        stop = () => task.cancel();
        await task.promise;
      })
      .catch((reason: unknown) => {
        const cancelled = reason instanceof Error && reason.name === "RenderingCancelledException";
        if (!left && !cancelled) setFailed(true);
      });
    return () => {
      left = true;
      stop?.();
    };
  }, [document, number, width]);
  const label = t("common.pdf.page", { page: number, pages: document.numPages });
  return failed ? (
    <p role="alert">{t("common.pdf.broken")}</p>
  ) : (
    <canvas ref={canvas} dir="ltr" role="img" aria-label={label} className={classes.canvas} />
  );
}
