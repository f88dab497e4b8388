# Draws what scripts/bench.sh has measured: gnuplot -e "from = 'build/bench'; into = 'docs/figures'" bench/figures.gnuplot
#
# The background is white, so that the figures can be read on dark pages, too. The naive one is always grey and dashed.

set terminal svg size 720,440 font "sans-serif,14" background rgb "#ffffff"
set style line 1 linecolor rgb "#0060ad" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#d95319" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#808080" linewidth 2 pointtype 9 pointsize 0.8 dashtype 2
set style line 4 linecolor rgb "#b0b0b0" linewidth 2 pointtype 11 pointsize 0.8 dashtype 2
set style line 9 linecolor rgb "#e4e4e4" linewidth 1
set logscale xy
set grid xtics ytics linestyle 9
set key at screen 0.5,0.02 center bottom horizontal Left reverse maxcols 2 samplen 3
set bmargin 6.5
set format xy "%g"

set output into."/fan_out.svg"
set title "To say 64 bytes to everybody, without a network"
set xlabel "members"
set ylabel "ns of CPU time per delivery"
set yrange [0.05:100]
plot from."/room-1.dat" with linespoints linestyle 1 title "minimeta, 1 message a turn", \
     from."/room-64.dat" with linespoints linestyle 2 title "minimeta, 64 messages a turn", \
     from."/naive-1.dat" with linespoints linestyle 3 title "naive room, 1 message", \
     from."/naive-64.dat" with linespoints linestyle 4 title "naive room, 64 messages"

# The columns are: receivers, CPU per delivery in ns, deliveries per second, median delay in us.
set xlabel "receivers"
set xrange [8:4000]
set yrange [*:*]
set key maxcols 3
set bmargin 5.5
set output into."/tcp_throughput.svg"
set title "Over TCP, 64 messages of 64 bytes on their way"
set ylabel "ns of the server's CPU time per delivery"
plot from."/throughput-room-select.dat" using 1:2 with linespoints linestyle 1 title "minimeta, select", \
     from."/throughput-room-epoll.dat" using 1:2 with linespoints linestyle 2 title "minimeta, epoll", \
     from."/throughput-naive-epoll.dat" using 1:2 with linespoints linestyle 3 title "naive server, epoll"

set output into."/tcp_latency.svg"
set title "Over TCP, one message of 64 bytes at a time"
set ylabel "median us until the last one has it"
plot from."/latency-room-select.dat" using 1:4 with linespoints linestyle 1 title "minimeta, select", \
     from."/latency-room-epoll.dat" using 1:4 with linespoints linestyle 2 title "minimeta, epoll", \
     from."/latency-naive-epoll.dat" using 1:4 with linespoints linestyle 3 title "naive server, epoll"
