# docker build -t onrecord . && docker run --rm -p 8080:8080 --read-only --cap-drop=ALL onrecord
FROM debian:bookworm-slim AS build
WORKDIR /src
COPY tools/setup.sh tools/setup.sh
RUN tools/setup.sh build
COPY . .
RUN meson setup /build --prefix=/usr/local --buildtype=release \
 && DESTDIR=/out meson install -C /build --strip

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libcjson1 libcurl4 libidn2-0 libmicrohttpd12 \
    libseccomp2 libssl3 libuchardet0 libxml2 zlib1g \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
COPY --from=build /out/usr/local/bin/onrecord /usr/local/bin/onrecord
COPY LICENSE data/NOTIC[E] /usr/local/share/doc/onrecord/
USER 10001:10001
ENV ONRECORD_LISTEN=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=2s CMD ["/usr/local/bin/onrecord", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/onrecord"]
CMD ["serve"]
