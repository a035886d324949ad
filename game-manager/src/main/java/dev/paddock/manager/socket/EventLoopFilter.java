package dev.paddock.manager.socket;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.server.netty.NettyHttpRequest;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Brings an upgrade back to its event loop. Whether the player may come in is asked in Redis, and the answer arrives on
 * another thread; were the pipeline rebuilt there, a frame that the client sends at once could get in between, and be lost.
 */
@Filter(SocketEndpoint.PATH)
final class EventLoopFilter implements HttpServerFilter {
    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        Publisher<MutableHttpResponse<?>> response = chain.proceed(request);
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            return response;
        }
        var eventLoop = netty.getChannelHandlerContext().channel().eventLoop();
        return Mono.from(response).publishOn(Schedulers.fromExecutor(eventLoop));
    }

    /** Around all other filters, so that what they do ends up on the event loop too. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
