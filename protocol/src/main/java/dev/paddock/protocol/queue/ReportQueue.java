package dev.paddock.protocol.queue;

/** Manager → the holder of a mode's lease: how is the queue? Answered with {@link QueueReport}. */
public record ReportQueue() {}
